package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

@ClusterTest
class SideBySideTest {
    private final ClusterLandscape landscape;
    private final ClusterLandscape second;

    SideBySideTest(ClusterLandscape landscape, SecondLandscape second) {
        this.landscape = landscape;
        this.second = second.landscape();
    }

    @Test
    void twoLandscapesInOneClusterKnowNothingOfEachOther() {
        second.heal();
        var here = new Api(landscape);
        var there = new Api(second);
        long onlyHere = here.newPage();
        long onlyThere = there.newPage();
        here.page(onlyThere).requireProblem(404);
        there.page(onlyHere).requireProblem(404);
        assertTrue(here.isWhole(onlyHere) && there.isWhole(onlyThere));
    }
}
