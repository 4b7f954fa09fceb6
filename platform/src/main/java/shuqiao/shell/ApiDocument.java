package shuqiao.shell;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.BaseUrl;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;

/**
 * What every operation has in common in {@code /api/v1/openapi.json}: rights, errors,
 * repeatability.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    private static final String SCHEME = ApiOperations.SCHEME;

    @Bean
    OpenAPI openApi(MessageSource messages) {
        // who calls is known by the token, not by a parameter
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Shuqiao 数桥")
                                .version("1")
                                .description(
                                        "Catalog, sharing decisions and proven exchange of"
                                                + " government data. 政务数据目录、共享与可核验的交换。 Errors are RFC"
                                                + " 9457 problem documents in the language of"
                                                + " Accept-Language (zh-CN, en). Lists are paged by"
                                                + " cursor. Unsafe calls may be repeated with an"
                                                + " Idempotency-Key.")
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(
                        new Components()
                                .addSchemas("Problem", problem())
                                .addSecuritySchemes(SCHEME, scheme("", messages)))
                .addSecurityItem(new SecurityRequirement().addList(SCHEME));
    }

    /** Types that share a simple name have schemas of their own. */
    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mapper) {
        return new ModelResolver(mapper.jsonMapper(), new SchemaNames()).openapi31(true);
    }

    /**
     * The address is known when the server listens, so it is put in when the document is asked for.
     */
    @Bean
    GlobalOpenApiCustomizer addresses(BaseUrl baseUrl, MessageSource messages) {
        return document -> {
            document.setServers(List.of(new Server().url(baseUrl.value())));
            document.getComponents().addSecuritySchemes(SCHEME, scheme(baseUrl.value(), messages));
            if (document.getTags() != null)
                document.getTags().sort(java.util.Comparator.comparing(tag -> tag.getName()));
        };
    }

    @Bean
    GlobalOperationCustomizer rightsAndErrors() {
        return (operation, method) -> {
            var rule = method.getMethodAnnotation(Allows.class);
            var open = rule != null && rule.anyone();
            ApiOperations.complete(
                    operation,
                    rule == null ? List.of() : List.of(rule.value()),
                    open,
                    method.hasMethodAnnotation(
                                    org.springframework.web.bind.annotation.PostMapping.class)
                            || method.hasMethodAnnotation(
                                    org.springframework.web.bind.annotation.PutMapping.class)
                            || method.hasMethodAnnotation(
                                    org.springframework.web.bind.annotation.DeleteMapping.class));
            return operation;
        };
    }

    private static SecurityScheme scheme(String baseUrl, MessageSource messages) {
        var scopes = new Scopes();
        for (var role : Role.values()) scopes.addString(role.name(), word(messages, role));
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("A program acts for one organization, with the roles in its scopes")
                .flows(
                        new OAuthFlows()
                                .clientCredentials(
                                        new OAuthFlow()
                                                .tokenUrl(baseUrl + "/oauth2/token")
                                                .scopes(scopes)));
    }

    private static String word(MessageSource messages, Role role) {
        var key = "Role." + role.name();
        return Messages.sentence(messages, key, Map.of(), Locale.ENGLISH)
                + " "
                + Messages.sentence(messages, key, Map.of(), Messages.CHINESE);
    }

    /** RFC 9457, with the wrong fields. Facts of the sentence stand beside it under their names. */
    private static Schema<?> problem() {
        var fault = new ObjectSchema();
        fault.addProperty("field", new StringSchema().description("Path of the field"));
        fault.addProperty("type", new StringSchema().format("uri"));
        fault.addProperty("detail", new StringSchema().description("What to do"));
        fault.setRequired(List.of("field", "type", "detail"));
        var properties = new LinkedHashMap<String, Schema>();
        properties.put("type", new StringSchema().format("uri").description("Stable name"));
        properties.put("title", new StringSchema());
        properties.put("status", new io.swagger.v3.oas.models.media.IntegerSchema());
        properties.put("detail", new StringSchema().description("A sentence to act on"));
        properties.put("errors", new ArraySchema().items(fault));
        var problem = new ObjectSchema();
        problem.setProperties(properties);
        problem.setRequired(List.of("type", "title", "status", "detail"));
        problem.setAdditionalProperties(true);
        return problem;
    }
}
