package shuqiao.sharing;

/** What a legal profile sets a rule for, most of them in working days. */
public enum Limit {
    /** Answer to a request for a resource shared without condition. */
    ANSWER_UNCONDITIONAL,
    /** Answer to a request for a resource shared on condition. */
    ANSWER_CONDITIONAL,
    /** By how much the authority may lengthen the answer, and how often. */
    EXTENSION,
    /** What a refusal has to rest on. */
    REFUSAL_BASIS,
    /** From an answer that gives less than was asked to the consumer's next step against it. */
    DISPUTE_WITHIN,
    /** Talks between the two departments after a refusal. */
    NEGOTIATION,
    /** Settlement by the authority when the talks fail. */
    ARBITRATION,
    /** From the grant to the first delivery. */
    SHARE_WITHIN,
    /** How long before the end of a grant its consumer is reminded of it. */
    RENEWAL_NOTICE
}
