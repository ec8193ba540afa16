package trellis.local.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparedSettingTest {
    private static final Setting ONE = new Setting("1", "global.settings");
    private static final Setting TWO = new Setting("2", "review.settings");

    @Test
    void hasEverySettingOfEitherSideByName() {
        List<ComparedSetting> settings = ComparedSetting.of(Map.of("c", ONE, "a", ONE), Map.of("b", TWO, "a", TWO));
        assertEquals(
                List.of("a", "b", "c"),
                settings.stream().map(ComparedSetting::name).toList());
    }

    @Test
    void saysOfWhatIsTheSameOnlyTheValueAndItsOrigin() {
        var same = compared(Map.of("a", ONE), Map.of("a", new Setting("1", "review.settings")));
        assertFalse(same.differs(), "Where it was set doesn't count");
        assertEquals("a 1 global.settings", words(same));
    }

    @Test
    void saysWhatTheFileSaysWhereThatIsSomethingElse() {
        var other = compared(Map.of("a", ONE), Map.of("a", TWO));
        assertTrue(other.differs());
        assertEquals("a 1 global.settings <- the file says 2", words(other));
    }

    @Test
    void saysWhatTheFileSaysWhereTheClusterHasNothing() {
        var absent = compared(Map.of(), Map.of("a", TWO));
        assertTrue(absent.differs());
        assertEquals("a (not set) review.settings <- the file says 2", words(absent));
    }

    @Test
    void saysThatTheFileHasNothing() {
        var surplus = compared(Map.of("a", ONE), Map.of());
        assertTrue(surplus.differs());
        assertEquals("a 1 global.settings <- not in the file", words(surplus));
    }

    private static ComparedSetting compared(Map<String, Setting> running, Map<String, Setting> wanted) {
        return ComparedSetting.of(running, wanted).getFirst();
    }

    private static String words(ComparedSetting setting) {
        return setting.toString().replaceAll(" +", " ");
    }
}
