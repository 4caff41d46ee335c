/** The composition root. Start reading at {@link dev.millrace.Engine}. */
package dev.millrace;
