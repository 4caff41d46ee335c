package dev.millrace.discovery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a collection needs of the rest: the venue, the tables, and somebody who watches. */
public interface CollectionPorts {

    /**
     * The venue's time, ms since 1970.
     *
     * @throws PageException when it does not say
     */
    long venueMs() throws PageException, InterruptedException;

    /**
     * Asks the venue for a page, which is journaled.
     *
     * @throws PageException when there was no usable answer
     */
    Received fetch(Page page) throws PageException, InterruptedException;

    /** The stretches of each series that the tables hold, once they hold all that is journaled. */
    Map<Series, List<Stretch>> stored() throws InterruptedException;

    /** About how long these pages take by the budget. */
    Duration timeFor(Collection<Page> pages);
}
