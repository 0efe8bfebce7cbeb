import type { Settings } from '../domain/settings.ts';
import type { Availability } from './availability.ts';
import type { Model } from './model.ts';
import { type ModelServer, OpenAiModel } from './openai.ts';

/** The model that the user has set up, made anew when the settings that it depends on change. */
export class ModelSwitch {
  readonly #availability: Availability;
  #model: Model | undefined;
  #madeFrom = '';

  constructor(availability: Availability) {
    this.#availability = availability;
  }

  /** Undefined while none is set up, and while the server is not worth asking. */
  current(settings: Settings['model'], apiKey: string | undefined): Model | undefined {
    if (settings.baseUrl === '' || !this.#availability.worthAsking) return undefined;
    const { baseUrl, name, template, timeoutMilliseconds } = settings;
    const server: ModelServer = {
      baseUrl,
      name,
      template,
      timeoutMilliseconds,
      ...(apiKey ? { apiKey } : {}),
    };
    const madeFrom = JSON.stringify(server);
    if (!this.#model || madeFrom !== this.#madeFrom) {
      this.#model = new OpenAiModel(server);
      this.#madeFrom = madeFrom;
    }
    return this.#model;
  }
}
