/** Parquet files, read page by page in memory that does not grow with the file (Apache Parquet format 2). */
@NullMarked
package org.data2vec4j.data.parquet;

import org.jspecify.annotations.NullMarked;
