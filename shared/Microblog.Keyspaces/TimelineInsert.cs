namespace Microblog.Keyspaces;

/// <summary>
/// Puts ids into a list that may hold them already, or newer ones: for what comes late or again. A read takes the tail
/// of a list and repairs its order within <see cref="TimelineLists.ReadMargin"/>; ids that were simply appended would
/// push newer ones out of that tail, and nobody would see these any more.
/// </summary>
public static class TimelineInsert
{
    /// <summary>Entries at the tail that are looked at and sorted: four times a read's margin.</summary>
    public const int TailMax = 160;

    /// <summary>
    /// So many ids may be appended behind as many newer entries: half of a read's margin, the other half is for what
    /// was in work at the same time.
    /// </summary>
    public const int DisorderMax = TimelineLists.ReadMargin / 2;

    /// <summary>The first arguments of <see cref="Script"/>; the ids follow.</summary>
    public static IReadOnlyList<long> Settings { get; } =
        [TailMax, DisorderMax, TimelineLists.Complete, TimelineLists.Unfinished];

    /// <summary>
    /// KEYS[1] the list; ARGV[1] <see cref="TailMax"/>, ARGV[2] <see cref="DisorderMax"/>, ARGV[3] and ARGV[4] the
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

        local max, few = tonumber(ARGV[1]), tonumber(ARGV[2])
        local tail = redis.call('LRANGE', KEYS[1], -max, -1)
        if #tail == 0 then return 0 end
        local missing = unknown(tail, ARGV, 5)
        if #missing == 0 then return redis.call('LLEN', KEYS[1]) end
        local newer = 0
        for _, id in ipairs(tail) do
          if older(missing[1], id) then newer = newer + 1 end
        end
        if newer == 0 or (newer <= few and #missing <= few) then
          return redis.call('RPUSH', KEYS[1], unpack(missing))
        end

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
}
