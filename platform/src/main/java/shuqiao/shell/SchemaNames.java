package shuqiao.shell;

import io.swagger.v3.core.jackson.TypeNameResolver;

/**
 * Names of schemas in the API document. Many rooms call the body of a call its Entry and the answer
 * its View; such a type is named after the type it is written in as well: {@code
 * OrganizationsEntry}, {@code RequestView}.
 */
final class SchemaNames extends TypeNameResolver {

    SchemaNames() {}

    @Override
    protected String getNameOfClass(Class<?> type) {
        var outer = type.getEnclosingClass();
        if (outer == null || !type.getName().startsWith("shuqiao.")) return type.getSimpleName();
        return getNameOfClass(outer).replaceFirst("(Api|Views|Page)$", "") + type.getSimpleName();
    }
}
