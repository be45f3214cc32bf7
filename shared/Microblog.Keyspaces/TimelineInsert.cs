namespace Microblog.Keyspaces;

/// <summary>
/// Puts ids into a list that may hold them already, or newer ones: for what comes late or again. A read takes the tail
/// of a list and repairs its order within <see cref="TimelineLists.ReadMargin"/>; ids that were simply appended would
/// push newer ones out of that tail, and nobody would see these any more.
/// </summary>
public static class TimelineInsert
{
    /// <summary>Entries at the tail that are looked at and sorted: more than five times a read's margin.</summary>
    public const int TailMax = 160;

    /// <summary>
    /// Entries at the tail that are looked at first for what comes late and for the first time: mostly it has been
    /// overtaken by a few only, and to look at all <see cref="TailMax"/> costs Redis more than five times as much.
    /// </summary>
    public const int NearMax = TimelineLists.ReadMargin;

    /// <summary>
    /// So many ids may stand behind a newer one; the rest of what a read bears is for what was in work at the same
    /// time.
    /// </summary>
    public const int DisorderMax = 8;

    /// <summary>The first arguments of <see cref="Script"/> for ids that may be there; the ids follow.</summary>
    public static IReadOnlyList<long> ForRepeated { get; } = Settings(TailMax);

    /// <summary>The first arguments of <see cref="Script"/> for ids that come late; the ids follow.</summary>
    public static IReadOnlyList<long> ForLate { get; } = Settings(NearMax);

    /// <summary>
    /// KEYS[1] the list; ARGV[1] entries to look at first, ARGV[2] <see cref="TailMax"/>, ARGV[3] and ARGV[4] the
    /// marks of complete and unfinished lists, ARGV[5…] ids, ascending. What is older than a list that is not complete
    /// is left to Postgres. Answers the length, 0 when the list does not exist. Ids are compared as text: Lua's numbers
    /// are doubles and cannot tell neighbouring ids apart.
    /// </summary>
    public const string Script =
        """
        local function older(a, b) return #a < #b or (#a == #b and a < b) end
        local function unknown(list, ids, from)
          local known, missing = {}, {}
          for _, id in ipairs(list) do known[id] = true end
          for i = from, #ids do
            if not known[ids[i]] then missing[#missing + 1] = ids[i] end
          end
          return missing
        end

        local max = tonumber(ARGV[1])
        local tail = redis.call('LRANGE', KEYS[1], -max, -1)
        if #tail == 0 then return 0 end
        if #tail == max and older(ARGV[5], tail[1]) then
          max = tonumber(ARGV[2])
          tail = redis.call('LRANGE', KEYS[1], -max, -1)
        end
        local missing = unknown(tail, ARGV, 5)
        if #missing == 0 then return redis.call('LLEN', KEYS[1]) end
        local isLate = false
        for _, id in ipairs(tail) do isLate = isLate or older(missing[1], id) end
        if not isLate then return redis.call('RPUSH', KEYS[1], unpack(missing)) end

        local isWhole = redis.call('LLEN', KEYS[1]) <= max
        local isMarked = tail[1] == ARGV[3] or tail[1] == ARGV[4]
        local oldest = tail[1]
        for i = 2, #tail do
          if older(tail[i], oldest) then oldest = tail[i] end
        end
        local early, sorted = {}, {}
        for i = isMarked and 2 or 1, #tail do sorted[#sorted + 1] = tail[i] end
        for _, id in ipairs(missing) do
          if isMarked or not older(id, oldest) then sorted[#sorted + 1] = id else early[#early + 1] = id end
        end
        table.sort(sorted, older)

        if isWhole then
          if isMarked then table.insert(sorted, 1, tail[1]) end
          redis.call('RPUSH', KEYS[1], unpack(sorted))
          redis.call('LTRIM', KEYS[1], #tail, -1)
        else
          redis.call('LTRIM', KEYS[1], 0, -max - 1)
          redis.call('RPUSH', KEYS[1], unpack(sorted))
          if #early > 0 then
            local list = redis.call('LRANGE', KEYS[1], 0, -max - 1)
            for _, id in ipairs(unknown(list, early, 1)) do
              local next = sorted[1]
              for _, other in ipairs(list) do
                if older(id, other) then next = other break end
              end
              if next ~= list[1] then redis.call('LINSERT', KEYS[1], 'BEFORE', next, id) end
            end
          end
        end
        return redis.call('LLEN', KEYS[1])
        """;

    private static long[] Settings(int near) => [near, TailMax, TimelineLists.Complete, TimelineLists.Unfinished];
}
