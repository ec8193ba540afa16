package trellis.local.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KubectlTest {
    @Test
    void saysWhyWithoutTheLinesOfItsOwnLog() {
        assertEquals(
                "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
                Kubectl.why("""
                        E1126 18:06:41.242500   29173 memcache.go:381] "Couldn't get current server API group list"
                        The connection to the server localhost:8080 was refused - did you specify the right host or port?
                        """));
    }
}
