package shuqiao.sharing;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A filter is taken as any JSON, to be refused in our own words; what its items look like is put
 * into the API document here.
 */
@Configuration(proxyBeanMethods = false)
class FilterSchema {

    @Bean
    GlobalOpenApiCustomizer filterItems() {
        return document ->
                ModelConverters.getInstance(true)
                        .resolveAsResolvedSchema(
                                new AnnotatedType(AskEntry.FilterItem.class).resolveAsRef(false))
                        .referencedSchemas
                        .forEach(document.getComponents()::addSchemas);
    }
}
