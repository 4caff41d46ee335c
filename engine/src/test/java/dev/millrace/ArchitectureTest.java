package dev.millrace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.annotation.Testable;

/** The packages' direction, and the proof that the rule notices a breach. */
class ArchitectureTest {

    private static final String ROOT = "dev.millrace";
    private static final String FIXTURE = "dev.millrace.fixture";
    private static final JavaClasses PRODUCTION = imported(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
    private static final JavaClasses TESTS = imported(ImportOption.Predefined.ONLY_INCLUDE_TESTS);
    private static final JavaClasses BROKEN = TESTS.that(resideInAPackage(FIXTURE + ".."));

    @Test
    void shouldImportOnlyDownwardsAndKeepLibrariesAtHome() {
        direction(ROOT).check(PRODUCTION);
    }

    @Test
    void shouldHaveNoCycles() {
        noCycles(ROOT).check(PRODUCTION);
    }

    @Test
    void shouldNameTestsSoThatTheBuildFindsThem() {
        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .and()
                .areDeclaredInClassesThat()
                .areTopLevelClasses()
                .should()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Test")
                .check(TESTS);
    }

    @Test
    void shouldKeepEveryPartOfTheStressRunOutOfTheNormalBuild() {
        List<String> loose = TESTS.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(type.reflect()), Stream.of(type.reflect().getDeclaredMethods())))
                .filter(ArchitectureTest::isLoosePartOfStress)
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), loose, "a tag stress-… without the tag stress beside it");
    }

    @ParameterizedTest
    @CsvSource({
        "market must not import feed, Noun",
        "bars must not import feed, Candles",
        "io.netty is at home in, Candles",
        "package unlisted has no line, Helper",
    })
    void shouldNoticeEachBreach(String message, String culprit) {
        assertTrue(
                breaches().anyMatch(line -> line.contains(message) && line.contains(culprit)),
                () -> "not noticed: " + message + " in\n"
                        + String.join("\n", breaches().toList()));
    }

    @Test
    void shouldAllowAComponentToKnowTheMarket() {
        assertFalse(breaches().anyMatch(line -> line.startsWith("feed")));
    }

    @Test
    void shouldNoticeACycle() {
        assertTrue(noCycles(FIXTURE).evaluate(BROKEN).hasViolation());
    }

    private static Stream<String> breaches() {
        EvaluationResult result = direction(FIXTURE).evaluate(BROKEN);
        return result.getFailureReport().getDetails().stream();
    }

    private static ArchRule direction(String root) {
        return classes().should(new PackageDirection(root));
    }

    private static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private static boolean isLoosePartOfStress(AnnotatedElement element) {
        List<String> tags = Stream.of(element.getAnnotationsByType(Tag.class))
                .map(Tag::value)
                .toList();
        return tags.stream().anyMatch(tag -> tag.startsWith("stress-")) && !tags.contains("stress");
    }

    private static JavaClasses imported(ImportOption option) {
        return new ClassFileImporter().withImportOption(option).importPackages(ROOT);
    }
}
