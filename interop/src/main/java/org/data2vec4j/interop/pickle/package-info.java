/**
 * PyTorch's checkpoint files, read without running anything: tensors and plain containers only. A pickle is a program; this reader
 * knows the few calls that a checkpoint needs and refuses every other one by name.
 */
@NullMarked
package org.data2vec4j.interop.pickle;

import org.jspecify.annotations.NullMarked;
