/**
 * The daemon's door for the command line: a Unix-domain socket in the data directory, for the user who owns the daemon
 * alone. A request is one line, the answer as many as it takes; the page is {@code engine/doc/formats/control.md}.
 *
 * <p>Threads: {@code md-control-accept} accepts, an {@code md-control} a connection answers, {@code md-control-timeout} ends
 * connections that ask nothing. Start reading at {@link dev.millrace.control.ControlServer}.
 */
package dev.millrace.control;
