// Make a key for a person: `npm run --silent new-key -- NAME >> user-keys.txt`.
// The key goes to the terminal (stderr), once; its line for USER_KEYS, with the hash only, to stdout.
import { createHash, randomBytes } from "node:crypto";
import { argv, exit, stderr, stdout } from "node:process";

const [name, ...rest] = argv.slice(2);
if (!name || rest.length > 0 || !/^[^\s#]\S*$/.test(name)) {
  stderr.write("Give one name without spaces: npm run --silent new-key -- NAME >> user-keys.txt\n");
  exit(2);
}
const key = `wai_${randomBytes(32).toString("base64url")}`;
stderr.write(`The key of ${name}, shown once; give it to nobody else:\n\n    ${key}\n\n`);
stdout.write(`${name} ${createHash("sha256").update(key).digest("hex")}\n`);
