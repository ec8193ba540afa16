package trellis.local.skeleton;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trellis.local.Services;

/**
 * A file that has an entry for each service.
 *
 * @param file its path in the checkout
 * @param entry the regular expression of an entry, with NAME for the service's name
 */
record Listing(String file, String entry) {
    /** The files that list the services. */
    static final List<Listing> ALL = List.of(
            new Listing("pom.xml", " *<module>services/NAME</module>\n"),
            new Listing(
                    "pom.xml",
                    " *<dependency>\n *<groupId>trellis</groupId>\n *<artifactId>NAME</artifactId>\n(?:(?! *</dependency>).*\n)+.*\n"),
            new Listing("local/src/main/java/trellis/local/Services.java", ",\\s+\"NAME\""),
            new Listing("helm/backing/schema.yaml", " +NAME: \\{.*\\}\n"),
            new Listing("helm/observability/schema.yaml", " +- NAME\n"),
            new Listing("helm/trellis/schema.yaml", " +NAME: helm/NAME\n"),
            new Listing("helm/trellis/Chart.yaml", " *- \\{name: NAME, .*\n"),
            new Listing("helm/trellis/values-prod.yaml", "(?<=\n)NAME:\n(?: .*\n)+\n"),
            new Listing("skaffold/values.yaml", "(?<=\n)NAME:\n(?: .*\n)+"),
            new Listing("skaffold/values-live-reload.yaml", "(?<=\n)NAME:\n(?: .*\n)+"),
            new Listing("docs/production.md", "(?<=\n)NAME:\n(?: .*\n)+\n"),
            new Listing("helm/trellis/ci/production-values.yaml", "(?<=\n)NAME:\n(?: .*\n)+"),
            new Listing("helm/trellis/ci/openshift-values.yaml", "(?<=\n)NAME:\n(?: .*\n)+"),
            new Listing("skaffold.yaml", " *- image: trellis/NAME\n(?: {6}.*\n)+"),
            new Listing("skaffold.yaml", " *- op: replace\n *path: /build/artifacts/.*\n *value: .* NAME\n"));

    /** The service whose entry is copied. */
    static final String MODEL = "review";

    /** The index in Skaffold's patches, which differs between entries. */
    private static final Pattern INDEX = Pattern.compile("(?<=artifacts/)[0-9]+");

    /** Adds an entry for the service after all others. */
    String withEntryOf(ServiceName service, String text) {
        List<MatchResult> entries =
                of(String.join("|", Services.ALL)).matcher(text).results().toList();
        Matcher model = of(MODEL).matcher(text);
        if (!model.find()) {
            throw new IllegalStateException(file + " has no entry of " + MODEL + " to be copied");
        }
        String copy =
                INDEX.matcher(model.group().replace(MODEL, service.text())).replaceFirst("" + entries.size());
        int end = entries.getLast().end();
        return text.substring(0, end) + copy + text.substring(end);
    }

    private Pattern of(String names) {
        return Pattern.compile(entry.replace("NAME", "(?:" + names + ")"));
    }
}
