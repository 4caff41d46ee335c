package dev.millrace.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.LoadedConfig.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("my.conf");
    }

    @Test
    void shouldLayerFilesThenVariablesThenOptions() throws IOException {
        Path first =
                Files.writeString(folder.resolve("1.conf"), "ops.port = 1\norder.window-trades = 1\nfeed.coins = [A]");
        Path second = Files.writeString(folder.resolve("2.conf"), "ops.port = 2\norder.window-trades = 2");
        ConfigLoader loader = ConfigFiles.loader(Map.of("MILLRACE_OPS__PORT", "3", "PATH", "/bin"));
        EngineConfig config = loader.load(List.of(first, second), List.of("ops.port=4", "ops.port=5"))
                .engine();
        assertEquals(5, config.ops().port());
        assertEquals(2, config.results().order().windowTrades());
        assertEquals(List.of("A"), config.feed().coins());
        assertEquals(
                3, loader.load(List.of(first, second), List.of()).engine().ops().port());
    }

    @Test
    void shouldMoveEveryFolderWithTheDataFolder() {
        DataConfig data = ConfigFiles.set("data.dir=/srv/m", "data.lake=/big/lake")
                .engine()
                .data();
        assertEquals(Path.of("/srv/m/journal"), data.journal());
        assertEquals(Path.of("/big/lake"), data.lake());
    }

    @Test
    void shouldTakeTheAddressesOfTheEnvironment() {
        HyperliquidConfig testnet =
                ConfigFiles.set("hyperliquid.environment=testnet").engine().hyperliquid();
        assertEquals("wss://api.hyperliquid-testnet.xyz/ws", testnet.wsUrl().toString());
        assertEquals("https://api.hyperliquid-testnet.xyz", testnet.restUrl().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mainnet.conf", "testnet.conf", "millrace.conf"})
    void shouldAcceptTheShippedFiles(String name) {
        Path shipped = Path.of(System.getProperty("millrace.root"), "config", name);
        String environment = name.startsWith("testnet") ? "testnet" : "mainnet";
        assertEquals(
                environment, ConfigFiles.file(shipped).engine().hyperliquid().environment());
    }

    @ParameterizedTest
    @CsvSource({
        "feed.coin = [BTC], feed.coin, feed.coins",
        "feed.reconect.max-delay = 1 s, feed.reconect.max-delay, feed.reconnect.max-delay",
        "silence-limit = 1 s, silence-limit, feed.silence-limit",
        "fed { coins = [BTC] }, fed.coins, feed.coins",
        "feed.silence_limit = 1 s, feed.silence_limit, feed.silence-limit",
        "journal.keeps = 7 d, journal.keeps, journal.keep"
    })
    void shouldRefuseAnUnknownKeyWithItsLineAndTheNearestKey(String line, String key, String nearest)
            throws IOException {
        Files.writeString(file, "# a comment\n" + line + "\n");
        String message = refusal();
        assertTrue(message.startsWith("unknown key " + key + "; did you mean " + nearest), message);
        assertTrue(message.endsWith("? (" + file + ":2)"), message);
    }

    @Test
    void shouldRefuseAValueForASection() throws IOException {
        Files.writeString(file, "feed = BTC");
        String message = refusal();
        assertTrue(message.startsWith("feed is a section"), message);
        assertTrue(message.endsWith("(" + file + ":1)"), message);
    }

    @Test
    void shouldNameTheLineOfABadValue() throws IOException {
        Files.writeString(file, "ops {\n  port = 70000\n}\n");
        assertEquals("ops.port = 70000: must be from 0 to 65535 (" + file + ":2)", refusal());
    }

    @Test
    void shouldRefuseNullButForEmptyBars() throws IOException {
        Files.writeString(file, "bars.empty = null");
        assertEquals(
                BarsConfig.EmptyBars.NULL,
                ConfigFiles.file(file).engine().results().bars().emptyBars());
        Files.writeString(file, "feed.coins = null");
        assertTrue(refusal().startsWith("feed.coins = null: must be a list"));
    }

    @Test
    void shouldRefuseAnUnknownVariableButNotTheLaunchers() {
        ConfigLoader wrong = ConfigFiles.loader(Map.of("MILLRACE_FEED_COINS", "BTC"));
        String message = assertThrows(ConfigException.class, () -> wrong.load(List.of(), List.of()))
                .getMessage();
        assertEquals("unknown variable MILLRACE_FEED_COINS; did you mean MILLRACE_FEED__COINS?", message);
        ConfigFiles.loader(Map.of("MILLRACE_JAVA_OPTS", "-Xmx1g")).load(List.of(), List.of());
    }

    @Test
    void shouldRefuseFilesThatCannotBeRead() throws IOException {
        assertEquals("--config " + file + ": there is no such file", refusal());
        Files.createDirectory(file);
        assertEquals("--config " + file + ": it is not a readable file", refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed { coins = [BTC", "ops.port = ${nowhere}", "feed.coins = \"BTC"})
    void shouldNameTheFileAndLineOfBadSyntaxInOneLine(String text) throws IOException {
        Files.writeString(file, text);
        String message = refusal();
        assertTrue(message.contains(file + ": 1"), message);
        assertEquals(1, message.lines().count(), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed.coins", "=BTC", "feed..coins=BTC", "feed.coins=[BTC"})
    void shouldRefuseAnOptionThatIsNoAssignment(String assignment) {
        String message = assertThrows(ConfigException.class, () -> ConfigFiles.set(assignment))
                .getMessage();
        assertTrue(message.contains("--set"), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void shouldSayWhereEachEffectiveValueCameFrom() throws IOException {
        Files.writeString(file, "\nfeed.coins = [BTC]\ndata.dir = /x\n");
        List<Setting> effective = ConfigFiles.loader(Map.of("MILLRACE_OPS__HEALTH_INTERVAL", "1 m"))
                .load(List.of(file), List.of("ops.port=0"))
                .effective();
        assertEquals(new Setting("feed.coins", "[\"BTC\"]", file + ":2"), find(effective, "feed.coins"));
        assertEquals(new Setting("data.journal", "\"/x/journal\"", "default"), find(effective, "data.journal"));
        assertEquals(
                "MILLRACE_OPS__HEALTH_INTERVAL",
                find(effective, "ops.health-interval").origin());
        assertEquals("--set", find(effective, "ops.port").origin());
    }

    @Test
    void shouldShowWhatAutoCameTo() {
        List<Setting> effective =
                ConfigFiles.set("hyperliquid.environment=testnet").effective();
        String address = "\"wss://api.hyperliquid-testnet.xyz/ws\"";
        assertEquals(new Setting("hyperliquid.ws-url", address, "default"), find(effective, "hyperliquid.ws-url"));
        assertEquals("\"small\"", find(effective, "pipeline.profile").value());
    }

    private static Setting find(List<Setting> effective, String key) {
        return effective.stream()
                .filter(setting -> setting.key().equals(key))
                .findAny()
                .orElseThrow();
    }

    private String refusal() {
        return assertThrows(ConfigException.class, () -> ConfigFiles.file(file)).getMessage();
    }
}
