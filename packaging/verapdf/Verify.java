import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Reads lines "profile TAB flavour TAB path" from standard input and answers each on standard output:
 * "result TAB path TAB profile TAB pass|fail|error TAB assertions TAB failures", then one line
 * "rule TAB clause-test TAB count TAB message" per broken rule, then "end". One start of the machine, many files.
 */
public final class Verify {
    private Verify() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split("\t");
            try {
                answer(asked[0], PDFAFlavour.byFlavourId(asked[1]), asked[2]);
            } catch (Throwable broken) {
                say("result", asked[2], asked[0], "error", "0", "0");
                say("rule", "none", "1", String.valueOf(broken));
            }
            say("end");
        }
    }

    private static void answer(String profile, PDFAFlavour flavour, String path) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile(profile), true);
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> counts = new LinkedHashMap<>();
            Map<String, String> messages = new LinkedHashMap<>();
            int failures = 0;
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() != TestAssertion.Status.FAILED) {
                    continue;
                }
                failures++;
                String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
                counts.merge(rule, 1, Integer::sum);
                messages.putIfAbsent(rule, each.getMessage() + " @ " + each.getLocation().getContext());
            }
            String verdict = result.isCompliant() && failures == 0 ? "pass" : "fail";
            say("result", path, profile, verdict, "" + result.getTotalAssertions(), "" + failures);
            for (Map.Entry<String, Integer> each : counts.entrySet()) {
                say("rule", each.getKey(), "" + each.getValue(), messages.get(each.getKey()));
            }
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        try (InputStream source = Verify.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            return Profiles.profileFromXml(source);
        }
    }

    private static void say(String... words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : "\t").append(word.replaceAll("\\s+", " "));
        }
        System.out.println(line);
        System.out.flush();
    }
}
