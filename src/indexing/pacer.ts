import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { abortError } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';

/** How much of the machine indexing may take. */
export interface Pace {
  /** Of one processor core, for each of the indexer's processes. 100 never rests. */
  readonly cpuPercent: number;
  readonly onBattery: 'full' | 'slow' | 'pause';
}

export type Power = 'mains' | 'battery' | 'unknown';

/** Somebody who paused for this long is not typing. */
const PAUSED_MS = 600;
/** Work waits for somebody who types without a pause no longer than this: an index that never comes helps nobody. */
const MOST_PATIENCE_MS = 3_000;
/** On battery, `slow` takes no more than this share of a core. */
const SLOW_PERCENT = 10;
/** How often the machine is asked where its power comes from, in milliseconds. */
const POWER_EVERY_MS = 15_000;

export interface PacerOptions {
  /** Work waits for somebody who types without a pause no longer than this. */
  readonly patienceMs?: number;
  readonly readPower?: () => Promise<Power>;
}

/** Says when, and how fast, work that nobody waits for may go on. */
export class Pacer {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #readPower: () => Promise<Power>;
  #pace: Pace = { cpuPercent: 100, onBattery: 'full' };
  #typedAt = Number.NEGATIVE_INFINITY;
  #power: Power = 'unknown';
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    clock: Clock,
    { patienceMs = MOST_PATIENCE_MS, readPower = () => powerOfLinux() }: PacerOptions = {},
  ) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
    this.#readPower = readPower;
  }

  set pace(pace: Pace) {
    this.#pace = pace;
  }

  /** The user has just pressed a key. */
  typed(): void {
    this.#typedAt = this.#clock.elapsed();
  }

  /** Resolves when the next piece of work may begin, with the share of a core that it may take. Rejects on `signal`. */
  async turn(signal: AbortSignal): Promise<number> {
    const { cpuPercent, onBattery } = this.#pace;
    const start = this.#clock.elapsed();
    for (;;) {
      if (signal.aborted) throw abortError();
      const onBatteryNow = (await this.#currentPower()) === 'battery';
      const now = this.#clock.elapsed();
      if (onBatteryNow && onBattery === 'pause') await this.#sleep(POWER_EVERY_MS, signal);
      else if (now - this.#typedAt < PAUSED_MS && now - start < this.#patienceMs)
        await this.#sleep(this.#typedAt + PAUSED_MS - now, signal);
      else return onBatteryNow && onBattery === 'slow' ? Math.min(SLOW_PERCENT, cpuPercent) : cpuPercent;
    }
  }

  async #currentPower(): Promise<Power> {
    if (this.#pace.onBattery !== 'full' && this.#clock.elapsed() - this.#askedAt >= POWER_EVERY_MS) {
      this.#askedAt = this.#clock.elapsed();
      this.#power = await this.#readPower();
    }
    return this.#power;
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        callOff();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const callOff = this.#clock.after(ms, done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

/**
 * Where the power comes from, as Linux tells it (`Documentation/ABI/testing/sysfs-class-power`); `unknown` where there
 * is no such folder, as on Windows and macOS, and on a machine that has neither mains nor battery to speak of.
 */
export async function powerOfLinux(folder = '/sys/class/power_supply'): Promise<Power> {
  const supplies = await readdir(folder).catch(() => []);
  let power: Power = 'unknown';
  for (const supply of supplies) {
    const read = async (name: string) =>
      (await readFile(join(folder, supply, name), 'utf8').catch(() => '')).trim();
    const type = await read('type');
    // A mouse has a battery, too; that one does not feed the machine.
    if ((await read('scope')) === 'Device') continue;
    if (type === 'Mains' && (await read('online')) === '1') return 'mains';
    if (type === 'Battery' && (await read('status')) === 'Discharging') power = 'battery';
  }
  return power;
}
