package trellis.local.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Metrics METRICS = new Metrics("""
            # TYPE calls_total counter
            calls_total{method="Neighbours.reviews",state="open"} 2.0
            calls_total{method="Neighbours.reviews",state="closed"} 3.0
            calls_total{method="Neighbours.product",state="open"} 5.0
            calls_total_of_others{method="Neighbours.reviews"} 7.0
            """);

    @Test
    void areSelectedByNameAndLabels() {
        assertEquals(5, METRICS.sum("calls_total", "reviews"));
        assertEquals(3, METRICS.greatest("calls_total", "reviews"));
        assertEquals(7, METRICS.sum("calls_total", "state=\"open\""));
    }

    @Test
    void areZeroInSumIfThereAreNone() {
        assertEquals(0, METRICS.sum("calls_total", "recommendations"));
    }
}
