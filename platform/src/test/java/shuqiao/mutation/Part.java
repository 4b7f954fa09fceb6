package shuqiao.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of the heart: where its sources are, and which tests could see a mutation in them.
 *
 * @param sources patterns of files from the root of the repository
 * @param first test classes of the engine or the platform that see most of it
 * @param tests patterns of test classes of the platform, with {@code /}; those of the mutant's own
 *     package of the engine, or of the standard, run as well
 */
record Part(String name, List<String> sources, List<String> first, List<String> tests) {

    private static final String ENGINE = "engine/src/main/java/shuqiao/engine/";
    private static final String STANDARD = "standard/src/main/java/shuqiao/standard/";
    private static final String ROOM = "platform/src/main/java/shuqiao/";

    static final List<Part> HEART =
            List.of(
                    new Part(
                            "scope",
                            List.of(
                                    ENGINE + "{Scope,ScopeJson,CompiledScope}.java",
                                    ENGINE + "{Condition,ConditionSql,Operator,Sql}.java",
                                    ENGINE + "{FilterReader,FilterValue}.java",
                                    ROOM + "sharing/{Scopes,FilterNotes,FilterSchema}.java"),
                            List.of(
                                    "FilterTests",
                                    "ScopeDigestTests",
                                    "CopyTests",
                                    "SourceDeliveredTests"),
                            List.of(
                                    "shuqiao/sharing/*",
                                    "shuqiao/exchange/ExchangeTests",
                                    "shuqiao/shell/ApiDocumentTests")),
                    new Part(
                            "masks",
                            List.of(
                                    ENGINE + "{Mask,ByteMask,BlindKeys,HashKey}.java",
                                    ENGINE + "{TextForm,Shown}.java"),
                            List.of("ShownTests", "MaskTests", "SourceDeliveredTests"),
                            List.of("shuqiao/sharing/*", "shuqiao/exchange/ExchangeTests")),
                    new Part(
                            "clocks",
                            List.of(
                                    STANDARD + "{WorkingDayCalendar,YearNotice,DueDate}.java",
                                    ROOM + "calendar/{Calendars,CalendarImpact,Notice*}.java",
                                    ROOM + "schedule/{CronFields,PlainRhythm,Rhythm}.java",
                                    ROOM + "schedule/{Schedules,WorkingDayOrders}.java",
                                    ROOM + "schedule/ScheduleTable.java",
                                    ROOM + "sharing/{Deadline,DeadlineTable,Deadlines}.java",
                                    ROOM + "exchange/{Lease,LeaseTable,Heartbeat}.java",
                                    ROOM + "work/{Items,ItemTable,Round,RoundTable}.java",
                                    ROOM + "kernel/{Clock,Beat,Lifeline}.java",
                                    ROOM + "line/{Circuit,LineClock}.java"),
                            List.of(),
                            List.of(
                                    "shuqiao/{calendar,schedule,work,kernel,line}/*",
                                    "shuqiao/sharing/{Clock,Deadline,Extension}*",
                                    "shuqiao/exchange/{Lease,Exchange}*",
                                    "shuqiao/reminder/*")),
                    new Part(
                            "ledger",
                            List.of(
                                    ENGINE + "proof/*.java",
                                    ROOM + "ledger/{EntryTable,TreeTable,Sequencer}.java",
                                    ROOM + "ledger/{Ledger,LedgerCheck,LedgerKeys}.java",
                                    ROOM + "ledger/{History,ReceiptChecks,AuditFilter}.java",
                                    ROOM + "exchange/{Receipts,ProofPath}.java"),
                            List.of(),
                            List.of(
                                    "shuqiao/ledger/*",
                                    "shuqiao/exchange/{Exchange,Receipt,Proof}*")),
                    new Part(
                            "swap",
                            List.of(
                                    ENGINE + "{Swap,SwapMethod,Staging,Staged}.java",
                                    ENGINE + "{Merge,Fence,Splice,Refill,Into}.java",
                                    ENGINE + "{ExistingTarget,NewTable,Handover}.java",
                                    ENGINE + "{FinalCheck,TargetLock,TableLock,Fate}.java",
                                    ENGINE + "{Mark,Marker,TargetDiffers,Granted}.java"),
                            List.of(
                                    "TargetTests",
                                    "MergeTests",
                                    "MarkTests",
                                    "FaultTests",
                                    "TargetDeliveredTests"),
                            List.of("shuqiao/exchange/{Exchange,OddNames,MovedSource}*")),
                    new Part(
                            "kit",
                            List.of(ROOM + "kit/*.java"),
                            List.of("FormTests", "WordsTests"),
                            List.of(
                                    "shuqiao/{kit,mapping,source,organization}/*",
                                    "shuqiao/schedule/ScheduleTests",
                                    "shuqiao/shell/ApiDocumentTests",
                                    "shuqiao/PublishedNamesTests")));

    /** The files, in a fixed order. */
    List<Path> files(Path root) {
        return sources.stream().flatMap(pattern -> matching(root, pattern).stream()).toList();
    }

    private static List<Path> matching(Path root, String pattern) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        var folder = root.resolve(pattern.substring(0, pattern.lastIndexOf('/')));
        try (var files = Files.list(folder)) {
            return files.filter(file -> matcher.matches(root.relativize(file)))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
