@NullMarked
package shuqiao.standard;

import org.jspecify.annotations.NullMarked;
