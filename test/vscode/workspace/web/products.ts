import { type Database, NotFoundError, type Row } from './database.ts';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly priceInCents: number;
  readonly createdAt: Date;
}

function toProduct(row: Row): Product {
  return {
    id: String(row.id),
    name: String(row.name),
    priceInCents: Number(row.price_in_cents),
    createdAt: new Date(String(row.created_at)),
  };
}

export class ProductRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: string): Promise<Product> {
    const row = await this.#database.findOne('select * from products where id = $1', [id]);
    if (!row) throw new NotFoundError('product', id);
    return toProduct(row);
  }

  async remove(id: string): Promise<void> {
    const removed = await this.#database.execute('delete from products where id = $1', [id]);
    if (removed === 0) throw new NotFoundError('product', id);
  }
}
