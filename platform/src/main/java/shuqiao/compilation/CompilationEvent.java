package shuqiao.compilation;

import java.time.Instant;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface CompilationEvent extends DomainEvent {

    record EntriesImportUndone(
            String batch, String provider, int undone, int left, Actor by, Instant at)
            implements CompilationEvent {}

    record EntriesImported(
            String batch, String provider, int added, int changed, Actor by, Instant at)
            implements CompilationEvent {}
}
