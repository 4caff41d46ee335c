package dev.millrace.ops;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * A daemon's log: {@code millrace.log}, or the name of its own of one that does not record, in {@code data.log}, rotated each UTC day and at 64 MiB, compressed, kept for
 * two weeks and within 1 GiB. Nothing goes to the console.
 */
public final class Logging implements AutoCloseable {

    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level [%thread] %logger{0}: %msg%n";

    private final RollingFileAppender<ILoggingEvent> appender;

    private Logging(RollingFileAppender<ILoggingEvent> appender) {
        this.appender = appender;
    }

    /**
     * Sends the log to this folder until closed.
     *
     * @param name of the file, without its ending
     * @throws ConfigException when the folder cannot be written
     */
    public static Logging start(Path folder, String name) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw ConfigException.badValue("data.log", folder, "cannot be created (" + e + "); name a writable folder");
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(folder.resolve(name).toString());
        appender.setFile(folder.resolve(name + ".log").toString());
        appender.setEncoder(encoder(context));
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = policy(context, folder, name);
        policy.setParent(appender);
        appender.setRollingPolicy(policy);
        policy.start();
        appender.start();
        if (!appender.isStarted()) {
            throw ConfigException.badValue("data.log", folder, "cannot be written; name a writable folder");
        }
        root().addAppender(appender);
        return new Logging(appender);
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        return encoder;
    }

    private static SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy(
            LoggerContext context, Path folder, String name) {
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setFileNamePattern(
                folder.resolve(name + "-%d{yyyy-MM-dd, UTC}.%i.log.gz").toString());
        policy.setMaxFileSize(FileSize.valueOf("64MB"));
        policy.setMaxHistory(14);
        policy.setTotalSizeCap(FileSize.valueOf("1GB"));
        return policy;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** The file being written. */
    public Path file() {
        return Path.of(appender.getFile());
    }

    /** Writes what is left and lets go of the file. */
    @Override
    public void close() {
        root().detachAppender(appender);
        appender.stop();
        appender.getRollingPolicy().stop();
    }
}
