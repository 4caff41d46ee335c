/**
 * Which TLS certificates are trusted: the JDK's and, beside them, those of a PEM file. Used by every component that
 * opens a connection; any thread. Start reading at {@link dev.millrace.tls.TlsTrust}.
 */
package dev.millrace.tls;
