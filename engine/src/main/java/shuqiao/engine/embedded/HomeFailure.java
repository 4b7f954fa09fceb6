package shuqiao.engine.embedded;

/** Why a home cannot be used. Each kind is a class of its own; the message is a whole sentence. */
public abstract sealed class HomeFailure extends RuntimeException
        permits HomeInUse, HomeNotWritable, HomeTooNew, HomeDamaged, BinariesMissing, NotStarted {

    private static final long serialVersionUID = 1L;

    HomeFailure(String message) {
        super(message);
    }

    HomeFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
