// The packaged program, run as a user runs it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOOLS = dirname(dirname(fileURLToPath(import.meta.url)));
const LONGEST_MS = 600_000;

/** What the build has just packaged, else the launcher of the checkout, which builds it. */
function launcher() {
  const target = join(TOOLS, 'target');
  const packaged = existsSync(target)
    ? readdirSync(target).map((name) => join(target, name, 'bin', 'millrace')).filter(existsSync)
    : [];
  return packaged.length === 1 ? packaged[0] : join(TOOLS, 'millrace');
}

export class Millrace {
  #program = launcher();
  #settings;
  #daemon;

  /** @param settings `key=value` for each command */
  constructor(settings) {
    this.#settings = settings.flatMap((setting) => ['--set', setting]);
  }

  /** Standard output of a command that takes no settings; what it says on standard error comes with its failure. */
  plain(...args) {
    return execFileSync(this.#program, args, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  run(...args) {
    return this.plain(...args, ...this.#settings);
  }

  /** The first value of the first row. */
  value(sql) {
    return this.run('query', sql, '--format', 'csv').split('\n')[1];
  }

  start() {
    this.#daemon = spawn(this.#program, ['run', '--quiet', ...this.#settings], { stdio: ['ignore', 'inherit', 'inherit'] });
  }

  /** SIGTERM; fails unless it ends in order. */
  async stop() {
    const ended = once(this.#daemon, 'exit');
    this.#daemon.kill();
    const [code] = await ended;
    if (code !== 0) {
      throw new Error(`millrace run ended with ${code}`);
    }
  }

  /** Ends it at once, where a step has failed. */
  kill() {
    this.#daemon?.kill('SIGKILL');
  }

  /** Until the daemon has come so far. */
  async until(what, holds) {
    for (const giveUp = Date.now() + LONGEST_MS; !(await holds()); ) {
      if (this.#daemon.exitCode !== null || Date.now() > giveUp) {
        throw new Error(`millrace run did not come to: ${what}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
