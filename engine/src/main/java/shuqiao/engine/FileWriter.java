package shuqiao.engine;

import java.io.IOException;
import java.util.Set;

/** Writes rows of a COPY into a file of one format. */
interface FileWriter {

    /** What the COPY is asked for: {@code text}, {@code csv} or {@code binary}. */
    String copyFormat();

    /** The expression of a column, by the name of it, that this format can take. */
    String expression(TargetColumn column, String name);

    /** Whether the column goes over in the server's text form. */
    default boolean asText(TargetColumn column) {
        return true;
    }

    /** What comes before the first row. */
    void begin() throws IOException;

    /** The next row, if there is one. */
    boolean row(CopyRows rows) throws IOException;

    /** What comes after the last row; all is written then. */
    void end() throws IOException;

    /** Lets go of threads after a failure; the file is of no use then. */
    void abandon();

    /** Names of columns in which single values are written as something else than the others. */
    default Set<String> mixed() {
        return Set.of();
    }

    /** Sheets of data. */
    default int sheets() {
        return 1;
    }
}
