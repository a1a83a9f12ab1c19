/** Something that went wrong for reasons its message explains to the user. */
export class Mishap extends Error {
	override readonly name = "Mishap";
}
