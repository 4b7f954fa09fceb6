package shuqiao.engine;

/**
 * One transaction at a target, as its server keeps account of it: noted before the commit, it lets
 * us ask afterwards what became of the commit. It leaves nothing in the department's database and
 * needs no rights there.
 *
 * @param server which server and database, and in which of its histories: system identifier,
 *     timeline, oid; empty where the server does not tell, and then nothing can be asked
 * @param position in the server's log when the transaction had begun; a server that is behind it
 *     was put back since
 * @param transaction its number, with epoch
 * @param writers numbers under which it wrote, its savepoints' included, separated by commas
 * @param durable whether the number was on disk when the mark was taken: a server that crashes
 *     gives a number that was not to somebody else
 * @param lifetime since when the server has not crashed: when the figures of its background writer
 *     began, which a crash begins anew and an orderly restart keeps
 */
public record Mark(
        String server,
        String position,
        String transaction,
        String writers,
        boolean durable,
        String lifetime) {}
