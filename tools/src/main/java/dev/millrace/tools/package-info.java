/**
 * The command line: one class per command, thin over the engine. Commands return their exit code and throw what went
 * wrong; {@link dev.millrace.tools.Failures} turns that into one line and the right code. Start reading at
 * {@link dev.millrace.tools.Main}.
 */
package dev.millrace.tools;
