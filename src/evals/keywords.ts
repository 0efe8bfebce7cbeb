import { languageOf } from '../domain/languages.ts';

/** Reserved words, and the values and types that a language has built in, by family. */
const KEYWORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  js: words(`abstract any as asserts async await bigint boolean break case catch class const continue debugger declare
    default delete do else enum export extends false finally for from function get if implements import in infer
    instanceof interface is keyof let module namespace never new null number object of override package private
    protected public readonly require return satisfies set static string super switch symbol this throw true try type
    typeof undefined unique unknown var void while with yield`),
  python:
    words(`False None True and as assert async await bool break bytes case class cls continue def del dict elif else
    except finally float for from global if import in int is lambda list match nonlocal not object or pass raise return
    self set str super try tuple type while with yield`),
  go: words(`any append bool break byte cap case chan complex128 complex64 const continue copy default defer delete else
    error fallthrough false float32 float64 for func go goto if import int int16 int32 int64 int8 interface iota len make
    map new nil package panic range return rune select string struct switch true type uint uint16 uint32 uint64 uint8
    uintptr var`),
  rust: words(`Err None Ok Option Result Self Some String Vec as async await bool break char const continue crate dyn else
    enum extern f32 f64 false fn for i128 i16 i32 i64 i8 if impl in isize let loop match mod move mut pub ref return self
    static str struct super trait true type u128 u16 u32 u64 u8 unsafe use usize where while`),
  java: words(`String abstract assert boolean break byte case catch char class const continue default do double else enum
    extends false final finally float for goto if implements import instanceof int interface long native new null package
    permits private protected public record return sealed short static super switch synchronized this throw throws
    transient true try var void volatile while yield`),
  c: words(`alignas alignof auto bool break case catch char class const const_cast constexpr continue decltype default
    define delete do double dynamic_cast else endif enum explicit extern false final float for friend goto if ifdef ifndef
    include inline int long mutable namespace new noexcept nullptr operator override private protected public register
    reinterpret_cast return short signed size_t sizeof static static_cast struct switch template this throw true try
    typedef typename union unsigned using virtual void volatile while NULL`),
  csharp:
    words(`abstract as async await base bool break byte case catch char checked class const continue decimal default
    delegate do double else enum event explicit extern false finally fixed float for foreach get global goto if implicit in
    init int interface internal is lock long nameof namespace new null object operator out override params partial private
    protected public readonly record ref required return sbyte sealed set short sizeof stackalloc static string struct
    switch this throw true try typeof uint ulong unchecked unsafe ushort using var virtual void volatile when where while
    with yield`),
  ruby: words(`BEGIN END alias and attr_accessor attr_reader attr_writer begin break case class def defined do else elsif
    end ensure false for if in include module next nil not or private protected public raise redo require require_relative
    rescue retry return self super then true undef unless until when while yield`),
  php: words(`abstract and array as bool break callable case catch class clone const continue declare default do echo else
    elseif empty enum extends false final finally float fn for foreach function global goto if implements include
    instanceof insteadof int interface isset list match mixed namespace new null or parent private protected public
    readonly require require_once return self static string switch this throw trait true try unset use var void while xor
    yield`),
};

/** Whether a word is a language's own, and so needs no finding. */
export function isKeyword(word: string, languageId: string): boolean {
  return KEYWORDS[languageOf(languageId).family]?.has(word) ?? false;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
