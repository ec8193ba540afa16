package trellis.local.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void isTheFirstOfEachSeries() {
        List<Sample> samples = Sample.all("""
                {"status": "success", "data": {"resultType": "matrix", "result": [
                  {"metric": {"pod": "a"}, "values": [[1795730000, "1"], [1795730005, "1"]]},
                  {"metric": {"pod": "b"}, "values": [[1795730010, "1"]]}]}}
                """);
        assertEquals(
                List.of("a", "b"),
                samples.stream().map(sample -> sample.label("pod")).toList());
        assertEquals(
                List.of(Instant.ofEpochSecond(1795730000), Instant.ofEpochSecond(1795730010)),
                samples.stream().map(Sample::time).toList());
    }

    @Test
    void isNoneIfNothingWasCollected() {
        assertEquals(
                List.of(),
                Sample.all("{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": []}}"));
    }
}
