// What the counselor should hear of when a practice is opened: an unconfirmed recovery sheet, a folder that goes to a cloud.
import { hub, on } from "./hub.js";
import { banner, unbanner } from "./banner.js";

const UNCONFIRMED = "The recovery sheet of this practice was never checked. Without it, a lost passphrase means lost records. "
  + "Please make a new recovery key before the first case.";

let cloudSaid = false;

function sheetNotice(state) {
  if (state.practice !== "open" || state.confirmed !== false || document.querySelector(".wb-sheet")) {
    unbanner("sheet");
    return;
  }
  banner({ kind: "sheet", text: UNCONFIRMED, actions: [["New recovery key", () => hub.dialogs.recovery()]] });
}

function cloudNotice(state) {
  if (!state.warn || cloudSaid || state.practice !== "open") return;
  cloudSaid = true;
  const shown = banner({ kind: "cloud", text: state.warn, actions: [["I have seen this", () => shown.close()]] });
}

export function startNotices() {
  on("state", (state) => { sheetNotice(state); cloudNotice(state); });
}
