@NullMarked
package shuqiao.engine;

import org.jspecify.annotations.NullMarked;
