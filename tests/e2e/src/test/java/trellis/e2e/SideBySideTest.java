package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

@Proof
class SideBySideTest {
    private final ClusterLandscape landscape;
    private final ClusterLandscape another;

    SideBySideTest(ClusterLandscape landscape, Another another) {
        this.landscape = landscape;
        this.another = another.landscape();
    }

    @Test
    void twoLandscapesInOneClusterKnowNothingOfEachOther() {
        another.heal();
        var here = new Api(landscape);
        var there = new Api(another);
        long onlyHere = here.newPage();
        long onlyThere = there.newPage();
        here.page(onlyThere).requireProblem(404);
        there.page(onlyHere).requireProblem(404);
        assertTrue(here.isWhole(onlyHere) && there.isWhole(onlyThere));
    }
}
