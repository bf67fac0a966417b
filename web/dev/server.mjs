// A pretended server for work on web/ alone: built files, shells, and an API that answers as the contract says.
// `node dev/server.mjs [port]`; POST /dev/mode {"mode": "ok" | "busy" | "refuse" | "down"} changes how it answers.
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";
import { readFileSync, existsSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const built = join(here, "../../src/zuji/public/static/web");
const walk = JSON.parse(readFileSync(join(here, "walk.json"), "utf8"));
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const { x, y } = pair.publicKey.export({ format: "jwk" });
const day = Date.parse(walk.clock.now);
const started = Date.now();
const home = { mode: "ok", epoch: 1, size: 0, passes: new Map(), items: new Map(), posts: 0 };
const now = () => day + (Date.now() - started);

const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();

function receiptFor(item, pass) {
  const fields = { kind: "checkin", campaign: 1, id: item.id, pass: pass.id, checkpoint: parseInt(item.code, 10), organisation: pass.organisation.id, at: now(), grade: "A", late: false };
  const salt = randomBytes(16);
  const text = ["zuji-leaf-1", "checkin", 1, item.id, pass.id, fields.checkpoint, fields.organisation, fields.at, "A", "0"].join("\n");
  const root = sha([0], salt, text);
  const head = { epoch: home.epoch, size: ++home.size, time: now() };
  const message = ["zuji-head-1", head.epoch, head.size, head.time, "00".repeat(32), root.toString("hex")].join("\n");
  const sig = sign("sha256", Buffer.from(message), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
  return { v: 1, kid: "k1", ...head, prev: Buffer.alloc(32).toString("base64url"), root: root.toString("base64url"), sig, index: 0, count: 1, path: [], salt: salt.toString("base64url"), fields };
}

function outcome(item, index) {
  const first = home.items.get(`${item.pass} ${parseInt(item.code, 10)}`);
  const pass = home.passes.get(item.pass);
  const refused = (code, zh, en) => ({ index, id: item.id, outcome: "refused", code, say: { zh, en } });
  if (!pass) return refused("unknown_pass", "服务器还不认识这张打卡证。", "The server does not know this pass yet.");
  if (home.mode === "refuse") return refused("code_withdrawn", "这张海报的码已停用。", "This poster's code is withdrawn.");
  if (first) return { index, id: item.id, outcome: first.id === item.id ? "accepted" : "already", first_id: first.id, receipt: first.receipt };
  const receipt = receiptFor(item, pass);
  home.items.set(`${item.pass} ${parseInt(item.code, 10)}`, { id: item.id, receipt });
  return { index, id: item.id, outcome: "accepted", grade: "A", receipt };
}

const mine = (token) => [...home.items].filter(([key]) => key.startsWith(token)).map(([key, { id, receipt }]) => ({ checkpoint: Number(key.split(" ")[1]), id, at: new Date(receipt.fields.at).toISOString(), receipt }));
const key = createHmac("sha256", "dev").update("s3").digest();
const both = (zh, en) => ({ zh, en });
const groups = [["木棉数科（示例）", 9, 9], ["榕声互动（示例）", 12, 7], ["镬耳软件（示例）", 8, 8], ["蚝窗设计（示例）", 11, 10], ["渡口出行（示例）", 7, 7], ["簕杜数据（示例）", 11, 0]];

const routes = [
  ["POST", /^\/checkins$/, (_, body) => ({ server_time: new Date(now()).toISOString(), items: body.items.map(outcome), log: { epoch: home.epoch, size: home.size } })],
  ["GET", /^\/walks\//, () => ({ ...walk, clock: { announced: new Date(now()).toISOString(), now: new Date(now()).toISOString() } })],
  ["POST", /^\/passes$/, (_, body) => {
    const organisation = walk.organisations.find(({ id }) => id === body.organisation) ?? walk.organisations[0];
    const pass = { id: home.passes.size + 1, campaign: 1, organisation, nickname: body.nickname, group: null, withdrawn: false };
    home.passes.set(body.token, home.passes.get(body.token) ?? pass);
    return { pass: home.passes.get(body.token) };
  }],
  ["GET", /^\/passes\/me$/, (_, __, token) => (home.passes.has(token) ? { pass: home.passes.get(token), checkins: mine(token), log: { epoch: home.epoch, size: home.size } } : null)],
  ["GET", /^\/join\/(\w+)$/, (found) => (found[1] === "222222" ? null : { campaign: 1, organisation: walk.organisations[0] })],
  ["GET", /^\/log\/keys$/, () => ({ keys: [{ kid: "k1", x, y, since: "2021-07-01T00:00:00Z", until: null }] })],
  ["GET", /^\/log\/head$/, () => ({ epoch: home.epoch, size: home.size })],
  ["GET", /^\/me$/, () => ({ name: "Guo", username: "guo", csrf: "x" })],
  ["GET", /^\/steward$/, () => ({ steward: { name: "Guo" }, now: new Date(now()).toISOString(), checkpoints: walk.stops.map((stop) => ({ id: stop.checkpoints[0].id, campaign: 1, name: stop.checkpoints[0].name, site: both(stop.site.short, stop.site.name.en), opens_at: stop.checkpoints[0].opens_at, closes_at: stop.checkpoints[0].closes_at, coord_status: stop.id === 1 ? "confirmed" : "unverified", day: "2021-07-26" })) })],
  ["POST", /^\/checkpoints\/(\d+)\/screens$/, (found) => ({ checkpoint: Number(found[1]), serial: 3, day: "2021-07-26", key: key.toString("base64url"), prefix: `${found[1]}.s3`, step_s: 15, server_time: new Date(now()).toISOString(), from: "2021-07-25T16:00:00Z", until: "2021-07-26T16:00:00Z", origin: "https://zuji.example" })],
  ["POST", /^\/checkpoints\/(\d+)\/grants$/, (found) => ({ code: `${found[1]}.g9.20210726.AAAAAAAAAAA`, day: "2021-07-26", until: "2021-07-26T16:00:00Z" })],
  ["GET", /^\/checkpoints\/\d+\/arrivals$/, () => ({ as_of: new Date(now()).toISOString(), expected: 58, arrived: 41, probably: 4, last_received: new Date(now() - 5000).toISOString(), groups: groups.map(([name, expected, arrived], at) => ({ organisation: at + 1, name, group: null, expected, arrived })) })],
  ["GET", /^\/checkpoints\/\d+\/roster$/, () => groups.flatMap(([name], at) => [1, 2].map((n) => ({ pass: at * 10 + n, organisation: at + 1, organisation_name: name, group: null, nickname: n === 1 ? "A. Sample" : null, arrived: at === 0 })))],
  ["POST", /^\/checkpoints\/\d+\/location$/, () => ({ coord_status: "confirmed", moved_m: 34 })],
  ["POST", /^\/checkpoints\/\d+\/rolls$/, (_, body) => ({ items: body.passes.map((pass, index) => ({ index, id: `${index}`, outcome: "accepted" })) })],
  ["POST", /^\/checkins\/\d+\/[\w-]+\/take-back$/, () => ({ state: "taken_back" })],
];

function answer(request, path, body) {
  if (home.mode === "busy") return [503, { code: "busy", say: both("请稍候。", "Please wait.") }];
  const token = /^Pass (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  for (const [method, pattern, reply] of routes) {
    const found = pattern.exec(path);
    if (method !== request.method || !found) continue;
    const told = reply(found, body, token);
    return told ? [200, told] : [404, { code: "not_found", say: both("没有找到。请核对后再试。", "Not found. Please check and try again.") }];
  }
  return [404, { code: "no_such_route", say: null }];
}

function tone() {
  const samples = 8000 * 8;
  const data = Buffer.alloc(44 + samples);
  data.write("RIFF", 0), data.writeUInt32LE(36 + samples, 4), data.write("WAVEfmt ", 8), data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20), data.writeUInt16LE(1, 22), data.writeUInt32LE(8000, 24), data.writeUInt32LE(8000, 28), data.writeUInt16LE(1, 32), data.writeUInt16LE(8, 34);
  data.write("data", 36), data.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at++) data[44 + at] = 128 + Math.round(30 * Math.sin(at / 6));
  return data;
}

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const manifest = () => JSON.parse(readFileSync(join(built, "manifest.json"), "utf8"));

function shell(entry) {
  const { file, css = [], imports = [] } = manifest()[`src/${entry}.tsx`];
  const sheets = [...css, ...imports.flatMap((name) => manifest()[name].css ?? [])].map((name) => `<link rel="stylesheet" href="/static/web/${name}">`).join("");
  return readFileSync(join(here, "shell.html"), "utf8").replace("<!-- sheets -->", sheets).replace("<!-- entry -->", `<script type="module" src="/static/web/${file}"></script>`);
}

function file(path) {
  const wanted = path === "/sw.js" ? join(built, "sw.js") : join(built, path.replace("/static/web/", ""));
  return existsSync(wanted) ? [200, readFileSync(wanted), TYPES[extname(path)] ?? "application/octet-stream"] : [404, "", "text/plain"];
}

function page(request, path, body) {
  if (path === "/dev/mode") return Object.assign(home, JSON.parse(body)), [200, "{}", "application/json"];
  if (path === "/dev/home") return [200, JSON.stringify({ ...home, passes: home.passes.size, items: [...home.items.keys()] }), "application/json"];
  if (path === "/dev/tone.wav") return [200, tone(), "audio/wav"];
  if (path.startsWith("/api/v1")) {
    if (path.endsWith("/checkins")) home.posts++;
    const [status, told] = answer(request, path.slice(7), body ? JSON.parse(body) : null);
    return [status, JSON.stringify(told), "application/json"];
  }
  if (path.startsWith("/static/") || path === "/sw.js") return file(path);
  return [200, shell(path.startsWith("/steward") ? "steward" : "phone"), "text/html; charset=utf-8"];
}

createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    if (home.mode === "down" && !request.url.startsWith("/dev")) return request.socket.destroy();
    const [status, text, type] = page(request, new URL(request.url, "http://x").pathname, body);
    response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-cache", ...(status === 503 ? { "Retry-After": "2" } : {}) }).end(text);
  });
}).listen(Number(process.argv[2] ?? 5199), "127.0.0.1");
