// Writes a .br and a .gz beside each file of a folder that is worth it: `node precompress.mjs FOLDER`.
//
// Two files at a time on two cores. What has newer compressed files already is left alone, so that a build may start
// with the scripts and styles while its pages are still being written, and come back for these.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import * as zlib from "node:zlib";

const WORTH_IT = new Set([".js", ".css", ".html", ".json", ".svg", ".xml", ".txt", ".mjs"]);
const SMALLEST_BYTES = 256;
// Scripts and styles are kept by browsers and are most of what is sent: the best, in ten times the time. A page is
// three kilobytes either way.
const PAGE_QUALITY = 9;
const ATONCE = availableParallelism();
process.env.UV_THREADPOOL_SIZE = String(ATONCE);

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

const isFresh = async (path, since) => (await stat(path).catch(() => ({ mtimeMs: -1 }))).mtimeMs >= since;

async function compress({ path, mtimeMs }) {
  if ((await isFresh(`${path}.gz`, mtimeMs)) && (await isFresh(`${path}.br`, mtimeMs))) return;
  const raw = await readFile(path);
  const quality = extname(path) === ".html" ? PAGE_QUALITY : zlib.constants.BROTLI_MAX_QUALITY;
  await writeFile(`${path}.br`, await brotli(raw, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } }));
  await writeFile(`${path}.gz`, await gzip(raw, { level: 9 }));
}

async function compressAll(folder) {
  const files = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !WORTH_IT.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    if (size >= SMALLEST_BYTES) files.push({ path, size, mtimeMs });
  }
  // The longest last would leave a core idle.
  files.sort((one, other) => other.size - one.size);
  const work = async () => {
    while (files.length) await compress(files.shift());
  };
  await Promise.all(Array.from({ length: ATONCE }, work));
}

await compressAll(process.argv[2]);
