package dev.millrace.market;

/** Stops and resumes what enters the engine. Called by the one thread that watches over the journal's room. */
public interface IntakeSwitch {

    /** Nothing more may enter after this returns; what entered before is journaled. */
    void stop(String why);

    /** The sources may go on. */
    void resume(String why);
}
