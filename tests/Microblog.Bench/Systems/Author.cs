using Microblog.LoadTest.Worlds;

namespace Microblog.Bench.Systems;

/// <summary>Somebody who posts, and his followers in the order in which an audience is paged.</summary>
public sealed record Author(Person Person, IReadOnlyList<Person> Followers);
