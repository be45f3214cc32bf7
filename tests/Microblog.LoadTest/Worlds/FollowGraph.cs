using System.Runtime.InteropServices;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// Who follows whom. People are numbers from 0 in the order of their account ids.
/// </summary>
public sealed class FollowGraph
{
    private const int Seed = 1;

    private readonly int[] _offsets;
    private readonly int[] _followers;
    // Of each follower: in which place he came to follow.
    private readonly int[] _places;

    private FollowGraph(int[] offsets, int[] followers)
    {
        _offsets = offsets;
        _followers = followers;
        _places = new int[followers.Length];
        var random = new Random(Seed);
        for (var person = 0; person < PeopleCount; person++)
        {
            var places = _places.AsSpan(offsets[person], FollowersCount(person));
            for (var i = 0; i < places.Length; i++)
                places[i] = i;
            random.Shuffle(places);
        }
    }

    public int PeopleCount => _offsets.Length - 1;

    public int FollowsCount => _followers.Length;

    /// <param name="followers">For each person who follows them, each once.</param>
    public static FollowGraph Of(IReadOnlyList<int[]> followers)
    {
        var offsets = new int[followers.Count + 1];
        for (var i = 0; i < followers.Count; i++)
            offsets[i + 1] = offsets[i] + followers[i].Length;
        var all = new int[offsets[^1]];
        for (var i = 0; i < followers.Count; i++)
        {
            followers[i].CopyTo(all, offsets[i]);
            Array.Sort(all, offsets[i], followers[i].Length);
        }

        return new(offsets, all);
    }

    /// <summary>Follows given twice count once, and nobody follows himself.</summary>
    public static FollowGraph Of(int peopleCount, IEnumerable<(int Follower, int Followee)> follows)
    {
        var followers = new HashSet<int>?[peopleCount];
        foreach (var (follower, followee) in follows)
        {
            if (follower != followee)
                (followers[followee] ??= []).Add(follower);
        }

        return Of([.. followers.Select(some => some?.ToArray() ?? [])]);
    }

    public static FollowGraph Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        return new(Numbers(reader), Numbers(reader));
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        foreach (var numbers in (int[][])[_offsets, _followers])
        {
            writer.Write(numbers.Length);
            writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
    }

    public ReadOnlySpan<int> FollowersOf(int person) =>
        _followers.AsSpan(_offsets[person], FollowersCount(person));

    public int FollowersCount(int person) => _offsets[person + 1] - _offsets[person];

    public bool Follows(int follower, int followee) => FollowersOf(followee).BinarySearch(follower) >= 0;

    /// <summary>
    /// The followers in the order in which they came to follow, in which an audience is paged. It has nothing to do
    /// with when they joined, as with real people: FanOut and Redis have less work where both orders are the same.
    /// </summary>
    public int[] Arrivals(int person)
    {
        var arrivals = new int[FollowersCount(person)];
        for (var i = 0; i < arrivals.Length; i++)
            arrivals[_places[_offsets[person] + i]] = _followers[_offsets[person] + i];
        return arrivals;
    }

    /// <summary>Where among all follows, by followee and then by their followers' arrival, this one stands.</summary>
    public int PositionOf(int follower, int followee) =>
        _offsets[followee] + _places[_offsets[followee] + FollowersOf(followee).BinarySearch(follower)];

    /// <summary>For each person whom they follow, ascending.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Followees()
    {
        var followees = new List<int>[PeopleCount];
        for (var person = 0; person < PeopleCount; person++)
            followees[person] = [];
        for (var followee = 0; followee < PeopleCount; followee++)
            foreach (var follower in FollowersOf(followee))
                followees[follower].Add(followee);
        return followees;
    }

    private static int[] Numbers(BinaryReader reader)
    {
        var numbers = new int[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
