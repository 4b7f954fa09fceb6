package shuqiao.engine;

import java.util.Map;

/** A JDBC URL we do not take, or a parameter in it that is not on the short list. */
public final class InvalidAddress extends EngineFailure {

    private static final long serialVersionUID = 1L;

    InvalidAddress(String detail) {
        super(Reason.INVALID_ADDRESS, Map.of("detail", detail));
    }

    private InvalidAddress(Reason reason, String parameter) {
        super(reason, Map.of("parameter", parameter));
    }

    static InvalidAddress parameter(String name) {
        return new InvalidAddress(Reason.PARAMETER_REFUSED, name);
    }
}
