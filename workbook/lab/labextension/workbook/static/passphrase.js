// A new passphrase typed twice, its strength said in words while it is typed.
import { h, uid } from "./dom.js";
import { secret, unless } from "./formlet.js";
import { server } from "./server.js";

const PAUSE = 250;   // milliseconds after the last key before the strength is asked for
const MARKS = ["Very easy to guess", "Easy to guess", "Could be stronger", "Strong", "Very strong"];

export const WARNING = "Without the passphrase or the recovery key, nobody can ever open this practice again. Not you, not us, not an expert.";

/** Two fields and a line that says the strength. `read()` gives the passphrase or throws a sentence. */
export function newPassphrase(name = "New passphrase") {
  const meter = h("p", { id: uid("wb-strength"), class: "wb-strength", role: "status" });
  const first = secret(name, { "aria-describedby": meter.id, autocomplete: "new-password" },
    "Four or five words that do not belong together are strong, and easier to keep in mind than odd signs.");
  const again = secret(`${name}, once more`, { autocomplete: "new-password" });
  let timer = 0;
  let asked = 0;
  let enough = true;

  const rate = async () => {
    const mine = ++asked;
    if (!first.input.value) return say(null);
    const answer = await server.post("strength", { passphrase: first.input.value }).catch(() => null);
    if (mine === asked) say(answer);
  };
  const say = (answer) => {
    enough = !answer || answer.enough !== false;
    meter.dataset.score = answer ? answer.score : "";
    meter.textContent = answer ? answer.words || MARKS[answer.score] : "";
  };
  first.input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(rate, PAUSE); });

  const read = async () => {
    unless(first.input.value, "Please type a passphrase.");
    clearTimeout(timer);
    await rate();
    unless(enough, "This passphrase is too easy to guess. A few more unusual words make it strong.");
    unless(first.input.value === again.input.value, "The two are not the same. Please type the passphrase once more.");
    return first.input.value;
  };
  return { rows: [first, meter, again], read };
}
