import type { Clock } from '../base/clock.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import type { Edit } from './edits.ts';
import { effectOf, type Facts, factsOf, type Offered, type Place, placeContinued, placeOf } from './offer.ts';
import type { Accepted } from './survival.ts';

export interface LifecycleOptions {
  readonly clock: Clock;
  readonly emit: (event: FeedbackEvent) => void;
  /** An accepted suggestion stands in its document. */
  readonly stands: (accepted: Accepted) => void;
}

/** So long must a suggestion be visible and true of the document to count as shown (DESIGN section 7). */
const SHOWN_MS = 750;
/**
 * An ending is written down only after this time. A slip of the finger that is mended at once brings the same
 * suggestion back, and the editor may say that it was accepted after the document has changed, or before.
 */
const GRACE_MS = 2_000;
/** Ids whose ending was written, kept so that an id that comes back is told from a new one. */
const MOST_ENDED = 1_000;

type Ending = { readonly kind: 'dismissed'; readonly how: 'escape' | 'typed' } | { readonly kind: 'ignored' };

interface Offer {
  /** The id in the journal. */
  readonly id: string;
  /** The id that the engine and the editor know. */
  readonly suggestionId: string;
  readonly uri: string;
  readonly facts: Facts;
  place: Place;
  shown: boolean;
  accepted: boolean;
  /** Set while the offer is no longer visible but its ending is not yet written. */
  ending: (Ending & { readonly at: number }) | undefined;
  /** All of its text stands in the document. */
  stands: boolean;
  callOff: () => void;
}

/**
 * What becomes of each suggestion, told as events. The editor says neither 'shown' nor 'partly accepted', so both are
 * concluded from the document. At most one suggestion is visible at a time. One that was shown has exactly one ending:
 * accepted, dismissed or ignored; one that was not leaves no trace.
 */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  /** Every offer whose ending is not written, the visible one included. */
  readonly #open = new Set<Offer>();
  /** How often an id was offered and came to its end. */
  readonly #ended = new Map<string, number>();
  #visible: Offer | undefined;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** Whether the document's edits are still of interest. */
  follows(uri: string): boolean {
    return this.#in(uri).length > 0;
  }

  /** The editor was given this, or what is left of it under the same id. */
  offered(offered: Offered): void {
    const known = this.#find(offered.suggestion.id);
    if (known?.accepted) return;
    if (this.#visible && this.#visible !== known) this.#leave(this.#visible, { kind: 'ignored' });
    const offer = known ?? this.#born(offered);
    if (known) offer.place = placeContinued(known.place, offered);
    const alreadyVisible = this.#visible === offer;
    this.#visible = offer;
    offer.ending = undefined;
    offer.stands = false;
    if (alreadyVisible) return;
    offer.callOff();
    offer.callOff = this.#options.clock.after(SHOWN_MS, () => this.#show(offer));
  }

  /** The editor asked in this document and there was nothing to offer any more. */
  withdrawn(uri: string): void {
    if (this.#visible?.uri === uri) this.#leave(this.#visible, { kind: 'ignored' });
  }

  /** `text` is the document's text just after the edit. */
  edited(uri: string, edit: Edit, text: string): void {
    if (edit.removed === 0 && edit.inserted === '') return;
    for (const offer of this.#in(uri)) {
      const effect = effectOf(edit, offer.place, text);
      offer.place = effect.place;
      offer.stands = text.startsWith(offer.place.text, offer.place.start);
      if (offer.accepted) this.#stand(offer);
      if (offer !== this.#visible) continue;
      if (effect.kind === 'contradicted') this.#leave(offer, { kind: 'dismissed', how: 'typed' });
      // Typing all of it by hand is no acceptance; if it was accepted, the editor will say so within the grace time.
      else if (effect.kind === 'complete' || effect.kind === 'disturbed')
        this.#leave(offer, { kind: 'ignored' });
      else if (effect.kind === 'taken' && effect.chunk) this.#partlyAccepted(offer, effect.characters);
    }
  }

  /** The cursor stands at this offset now. */
  cursorMoved(uri: string, offset: number): void {
    const offer = this.#visible;
    if (offer && (offer.uri !== uri || offer.place.cursor !== offset)) {
      this.#leave(offer, { kind: 'ignored' });
    }
  }

  /** The editor's accept command, before or after the change of the document that it makes. */
  accepted(suggestionId: string): void {
    const offer = this.#find(suggestionId);
    if (!offer || offer.accepted) return;
    this.#show(offer);
    this.#options.emit({ kind: 'accepted', id: offer.id, at: this.#options.clock.now() });
    offer.accepted = true;
    this.#leave(offer, { kind: 'ignored' });
    this.#stand(offer);
  }

  dismissed(suggestionId: string): void {
    const offer = this.#find(suggestionId);
    if (!offer || offer.accepted) return;
    offer.ending = undefined;
    this.#leave(offer, { kind: 'dismissed', how: 'escape' });
    this.#end(offer);
  }

  /** The document was closed. */
  closed(uri: string): void {
    for (const offer of this.#in(uri)) {
      this.#leave(offer, { kind: 'ignored' });
      this.#end(offer);
    }
  }

  /** Writes every ending that is still open. */
  stop(): void {
    for (const { uri } of this.#open) this.closed(uri);
  }

  #born(offered: Offered): Offer {
    const { id: suggestionId } = offered.suggestion;
    const ended = this.#ended.get(suggestionId) ?? 0;
    const place = placeOf(offered);
    const offer: Offer = {
      // What was dismissed and is shown once more has a second life with an ending of its own.
      id: ended === 0 ? suggestionId : `${suggestionId}~${ended + 1}`,
      suggestionId,
      uri: offered.context.document.uri,
      facts: factsOf(offered, place),
      place,
      shown: false,
      accepted: false,
      ending: undefined,
      stands: false,
      callOff: () => {},
    };
    this.#open.add(offer);
    return offer;
  }

  #show(offer: Offer): void {
    if (offer.shown) return;
    offer.shown = true;
    const at = this.#options.clock.now();
    this.#options.emit({ kind: 'shown', id: offer.id, at, ...offer.facts, text: offer.place.text });
  }

  #partlyAccepted(offer: Offer, characters: number): void {
    this.#show(offer);
    this.#options.emit({ kind: 'partlyAccepted', id: offer.id, at: this.#options.clock.now(), characters });
  }

  /** Hands an accepted suggestion on once its text stands in the document. */
  #stand(offer: Offer): void {
    if (!offer.stands) return;
    const { start, text } = offer.place;
    this.#end(offer);
    this.#options.stands({ id: offer.id, uri: offer.uri, start, text });
  }

  /** It is no longer visible; of several reasons the first counts. */
  #leave(offer: Offer, ending: Ending): void {
    if (this.#visible === offer) this.#visible = undefined;
    if (offer.ending) return;
    const { clock } = this.#options;
    offer.ending = { ...ending, at: clock.now() };
    offer.callOff();
    offer.callOff = clock.after(GRACE_MS, () => this.#end(offer));
  }

  #end(offer: Offer): void {
    offer.callOff();
    if (!this.#open.delete(offer)) return;
    const { id, suggestionId, shown, accepted, ending } = offer;
    if (shown && !accepted && ending) this.#options.emit({ id, ...ending });
    if (shown) this.#remember(suggestionId);
  }

  #remember(suggestionId: string): void {
    const ended = (this.#ended.get(suggestionId) ?? 0) + 1;
    this.#ended.delete(suggestionId);
    this.#ended.set(suggestionId, ended);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > MOST_ENDED && oldest !== undefined) this.#ended.delete(oldest);
  }

  #find(suggestionId: string): Offer | undefined {
    return [...this.#open].find(offer => offer.suggestionId === suggestionId);
  }

  #in(uri: string): Offer[] {
    return [...this.#open].filter(offer => offer.uri === uri);
  }
}
