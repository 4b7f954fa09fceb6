package shuqiao.sharing;

/**
 * Which way a request goes when it is sent: granted at once by a rule, or answered by the provider.
 */
sealed interface Course {

    /**
     * @param article where the rule stands
     */
    record AtOnce(Grant.Rule rule, String article) implements Course {}

    record Application() implements Course {}

    static Course of(Offer offer, Profile profile, String consumer) {
        return switch (offer.sharing()) {
            case UNCONDITIONAL ->
                    new AtOnce(
                            Grant.Rule.UNCONDITIONAL, profile.article(Limit.ANSWER_UNCONDITIONAL));
            case CONDITIONAL ->
                    switch (profile.scopeRule()) {
                        case DIRECT_WITHIN_SCOPE ->
                                offer.range().contains(consumer)
                                        ? new AtOnce(
                                                Grant.Rule.DIRECT_WITHIN_SCOPE,
                                                profile.article(Limit.ANSWER_CONDITIONAL))
                                        : new Application();
                        case APPLY_ALWAYS -> new Application();
                    };
            case NOT_SHARED -> new Application();
        };
    }
}
