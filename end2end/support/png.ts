import { deflateSync } from 'node:zlib';

type Colour = [red: number, green: number, blue: number];

/** A square picture of one colour. */
export function png(side: number, colour: Colour): Buffer {
  return photograph(side, side, colour);
}

/** A picture of one colour that nothing is seen through. */
export function photograph(width: number, height: number, colour: Colour): Buffer {
  return file(width, height, RGB, Array<Buffer>(height).fill(Buffer.alloc(width * 3, Buffer.of(...colour))));
}

/** The same with nothing around it. */
export function cutOut(width: number, height: number, colour: Colour): Buffer {
  const edge = Math.round(Math.min(width, height) / 10);
  const nothing = Buffer.alloc(width * 4);
  const inside = Buffer.alloc((width - 2 * edge) * 4, Buffer.of(...colour, 255));
  const row = Buffer.concat([nothing.subarray(0, edge * 4), inside, nothing.subarray(0, edge * 4)]);
  const rows = Array.from({ length: height }, (_, y) => (y < edge || y >= height - edge ? nothing : row));
  return file(width, height, RGBA, rows);
}

/** How PNG numbers what a pixel is made of. */
const RGB = 2;
const RGBA = 6;

function file(width: number, height: number, pixel: number, rows: Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each part of a pixel.
  header.set([8, pixel, 0, 0, 0], 8);
  // Each row says first that it is written as it is.
  const pixels = deflateSync(Buffer.concat(rows.flatMap((row) => [Buffer.of(0), row])));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
