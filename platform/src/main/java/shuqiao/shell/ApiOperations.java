package shuqiao.shell;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import shuqiao.kernel.Role;

/** What every operation of the API has in common, however it is declared. */
public final class ApiOperations {

    static final String SCHEME = "oauth2";

    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final List<Integer> EVERY_CALL = List.of(400, 401, 403, 404, 409, 422);

    private ApiOperations() {}

    /**
     * Adds rights, errors and repeatability.
     *
     * @param roles any of them may call it; empty for every program that is signed in
     * @param anyone open to strangers
     * @param unsafe whether it changes anything, and may be repeated with a key
     */
    public static void complete(
            Operation operation, List<Role> roles, boolean anyone, boolean unsafe) {
        if (anyone) operation.setSecurity(List.of());
        else if (!roles.isEmpty())
            operation.setSecurity(
                    roles.stream()
                            .map(role -> new SecurityRequirement().addList(SCHEME, role.name()))
                            .toList());
        for (var status : EVERY_CALL)
            if (!anyone || (status != 401 && status != 403)) addProblem(operation, status);
        if (unsafe) operation.addParametersItem(idempotencyKey());
    }

    private static void addProblem(Operation operation, int status) {
        if (operation.getResponses().containsKey(String.valueOf(status))) return;
        operation
                .getResponses()
                .addApiResponse(
                        String.valueOf(status),
                        new ApiResponse()
                                .description(meaning(status))
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(
                                                                        new Schema<>()
                                                                                .$ref(PROBLEM)))));
    }

    private static String meaning(int status) {
        return switch (status) {
            case 400 -> "The request cannot be read 请求无法读懂";
            case 401 -> "A token is needed 需要令牌";
            case 403 -> "The role or organization does not allow it 没有权限";
            case 404 -> "Nothing there, or nothing the caller may see 没有找到";
            case 409 -> "Not in the present state 与现状冲突";
            default -> "Fields must be corrected, each is named 内容需要修改";
        };
    }

    private static HeaderParameter idempotencyKey() {
        var key = new HeaderParameter();
        key.setName(IdempotencyFilter.KEY);
        key.setRequired(false);
        key.setDescription(
                "Any text of the caller's choice. The same key with the same content is answered as"
                        + " the first time, for a day 相同的键和内容在一天内得到相同的答复");
        key.setSchema(new StringSchema().maxLength(200));
        return key;
    }
}
