// Archives of equal bytes for equal files: no owner, no machine and no time but the one that is given.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

const BLOCK = 512;
/** The longest name of a ustar header without its prefix. */
const LONGEST_NAME = 100;

const octal = (number, length) => `${number.toString(8).padStart(length - 1, "0")}\0`;
const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))]);

/** A header of POSIX ustar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
function header(name, size, mode, seconds) {
	if (Buffer.byteLength(name) > LONGEST_NAME) throw new RangeError(`${name} is too long for ustar`);
	const block = Buffer.alloc(BLOCK);
	block.write(name, 0);
	block.write(octal(mode, 8), 100);
	block.write(octal(0, 8), 108);
	block.write(octal(0, 8), 116);
	block.write(octal(size, 12), 124);
	block.write(octal(seconds, 12), 136);
	block.write(" ".repeat(8), 148);
	block.write("0", 156);
	block.write("ustar\0" + "00", 257);
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
	return block;
}

/** A `.tar.gz` of `{ name, bytes, executable? }`, in the order of the names. */
export function tarball(files, seconds) {
	const blocks = files
		.toSorted((one, other) => (one.name < other.name ? -1 : 1))
		.flatMap(({ name, bytes, executable }) => [
			header(name, bytes.length, executable ? 0o755 : 0o644, seconds),
			padded(bytes),
		]);
	const archive = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
	// The system that packed it, which zlib writes there.
	archive[9] = 255;
	return archive;
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
