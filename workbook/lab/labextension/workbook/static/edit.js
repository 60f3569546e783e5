// 'Edit page' and vouching: the counselor sees the notebook, changes it, and takes responsibility for what runs from then on.
import { hub } from "./hub.js";
import { storeAll } from "./save.js";
import { untranslate } from "./language.js";
import { server } from "./server.js";
import { banner, unbanner } from "./banner.js";
import { ask } from "./dialog.js";
import { wakeEditors } from "./editors.js";

const UNVOUCHED = "This page is new, or was changed outside ‘Edit page’. It has not been run, and it has seen no records.";

const agree = () => ask({
  title: "Use this page from now on?",
  text: ["Once you vouch for it, its code runs by itself and can read and write the records of the open case.",
    "If you do not know where the page comes from, or did not read its code, leave it as it is."],
  yes: "I read it, use it",
  no: "Leave it as it is",
});

const turn = (page, editing) => {
  page.editing = editing;
  if (editing) untranslate(page.panel.content);      // what is edited and saved is the page itself
  page.title = page.heading();
  page.changed();
};

/** To the notebook, or back to the page. */
export async function toggleEdit(page) {
  if (page.editing) return leaveEdit(page);
  await storeAll();
  turn(page, true);
  wakeEditors(page.panel.content);
  page.panel.content.activate();
}

/** Saves, vouches and runs again. A page of unknown origin is vouched for only after a question. */
async function leaveEdit(page) {
  if (page.vouched === false && !(await agree())) return turn(page, false);
  try {
    await page.panel.context.save();
    await server.post("vouch", { path: page.path });
    unbanner("edit");
  } catch (trouble) {
    banner({ kind: "edit", text: `The page is not saved yet. ${trouble.message}`, actions: [["Try again", () => leaveEdit(page)]] });
    return;
  }
  turn(page, false);
  await page.run();
}

const look = (page) => ["Look at it in ‘Edit page’", () => {
  hub.counselor(true);
  return toggleEdit(page);
}];

/** Says why the page was not run, and what to do. */
export function refuse(page, verdict) {
  const bring = verdict.shipped ? [["Bring back the page as it came", () => bringBack(page)]] : [];
  page.note(verdict.say || UNVOUCHED, verdict.why === "missing" ? bring : [look(page), ...bring]);
}

/** The page as the workbook shipped it; the present one is kept aside by the server. */
async function bringBack(page) {
  const sure = await ask({
    title: "Bring back the page as it came?",
    text: "The page that is here now is put aside in the workspace, not thrown away. What clients wrote is not touched.",
    yes: "Bring it back",
  });
  if (!sure) return;
  try {
    await server.post("page", { do: "restore", path: page.path });
    await page.panel.context.revert();
    turn(page, false);
    await page.run();
  } catch (trouble) {
    page.note(trouble.message, [look(page)]);
  }
}
