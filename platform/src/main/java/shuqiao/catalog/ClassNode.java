package shuqiao.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A node of the classification tree (信息资源分类).
 *
 * @param fullCode all codes from the top, joined
 * @param parentFullCode null for 类
 * @param depth 1 类, 2 项, 3 目, 4 and more 细目
 * @param national given by 发改高技〔2017〕1272号, as against added here
 */
public record ClassNode(
        String fullCode,
        @Nullable String parentFullCode,
        String nodeCode,
        String name,
        String nameEn,
        int depth,
        boolean national) {}
