import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.event.ruler.Machine;

/** Says of every event on stdin, one a line, whether the pattern of the file selects it. */
public final class MatchEvents {
  public static void main(String[] arguments) throws Exception {
    Machine machine = new Machine();
    machine.addRule("rule", Files.readString(Path.of(arguments[0])));
    BufferedReader events = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String event = events.readLine(); event != null; event = events.readLine()) {
      System.out.println(machine.rulesForJSONEvent(event).isEmpty() ? "passed over" : "selected");
    }
  }
}
