package dev.millrace.discovery;

/** An eligible coin, as the ranking sees it. */
record Candidate(String name, double volumeUsd, double composite, DailyReturns returns) {}
