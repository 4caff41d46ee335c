/** The composition root: sees every package, and none sees it. Start reading at {@link dev.millrace.Engine}. */
package dev.millrace;
