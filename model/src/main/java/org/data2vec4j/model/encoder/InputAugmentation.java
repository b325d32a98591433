package org.data2vec4j.model.encoder;

import org.data2vec4j.core.Registered;

/** The settings of one way to change inputs at random; a modality registers those that it has. */
@Registered
public interface InputAugmentation {}
