// What the worker remembers on this device, and whose it is. Pages never open this store: they ask the worker.

const NOBODY = "nobody";
const STORES = { meta: { keyPath: "name" }, kept: { keyPath: "id" }, acts: { keyPath: "n", autoIncrement: true }, refused: { keyPath: "n", autoIncrement: true } };

const openStore = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("teduh", 1);
    asked.onupgradeneeded = () => Object.entries(STORES).forEach(([name, options]) => asked.result.createObjectStore(name, options));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

// All of the act is kept, or nothing; what it wrote is on the disk when this resolves.
const inStore = async (names, mode, act) => {
  const store = await openStore();
  try {
    const transaction = store.transaction(names, mode, { durability: "strict" });
    const isOver = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const asked = act(...[names].flat().map((name) => transaction.objectStore(name)));
    await isOver;
    return asked?.result;
  } finally {
    store.close();
  }
};
const readAll = (name) => inStore(name, "readonly", (rows) => rows.getAll());
const note = (name, value) => inStore("meta", "readwrite", (rows) => rows.put({ name, value }));
const recall = async (name) => (await inStore("meta", "readonly", (rows) => rows.get(name)))?.value;
// Read and written in one, so that two pages at once lose nothing.
const alter = (name, change) =>
  inStore("meta", "readwrite", (rows) => {
    rows.get(name).onsuccess = ({ target }) => rows.put({ name, value: change(target.result?.value) });
  });

// --- Whose it is: every page of the server says for whom it was made ---

// What does not say so is a stranger's, as at the gate of a hotel's network, which answers for every site.
const isOurs = (answer) => answer.headers.has("Teduh-Person");

let person = null;
const findPerson = async () => {
  const known = person ?? (await recall("person"));
  // A page may have told another meanwhile.
  return (person ??= known ?? NOBODY);
};
const ofPerson = async (name) => {
  const whose = await findPerson();
  return (await readAll(name)).filter((row) => row.person === whose);
};

const PAGES = "teduh-pages-";
const pagesOf = (whose) => caches.open(PAGES + whose);

const forgetPages = async (except = "") => {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + except) await caches.delete(name);
  await inStore("kept", "readwrite", (rows) => rows.clear());
};

// Nothing of one person outlives another's page, or one for nobody. What was not sent yet waits for its person.
const heed = async (answer) => {
  const whose = answer.headers.get("Teduh-Person");
  if (!whose || whose === (await findPerson())) return;
  person = whose;
  await forgetPages();
  await note("person", whose);
};

const forgetAll = async () => {
  person = NOBODY;
  await forgetPages();
  const names = Object.keys(STORES);
  await inStore(names, "readwrite", (...all) => void all.forEach((rows) => rows.clear()));
};
